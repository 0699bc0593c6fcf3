namespace Tepui.Runtime.Mailboxes;

/// <summary>The loop behind a mailbox has ended: the component stops or has crashed.</summary>
public sealed class MailboxClosedException(string name) : Exception($"The {name} is stopping and takes no more requests.");
