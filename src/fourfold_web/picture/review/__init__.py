"""The reviewer's queue of messages."""
