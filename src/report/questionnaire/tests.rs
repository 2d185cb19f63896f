//! What a survey reads back as.
