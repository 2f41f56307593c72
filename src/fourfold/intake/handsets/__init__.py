"""What do handset reports, exports, mailboxes and documents hold?"""
