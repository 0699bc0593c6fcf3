namespace Tepui.Jobs.Notices.Mail;

/// <summary>A mail was not taken.</summary>
/// <param name="message">What the server said.</param>
/// <param name="isFinal">The same mail will never be taken.</param>
internal sealed class SmtpException(string message, bool isFinal) : Exception(message)
{
    /// <summary>The same mail will never be taken.</summary>
    public bool IsFinal { get; } = isFinal;
}
