"""Do handset reports, chats, mailboxes, documents and pictures say what they say?"""
