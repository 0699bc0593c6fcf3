using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices.Mail;

/// <summary>Mails notices to the owners of their jobs, each on its own.</summary>
/// <param name="server">Where mails go through.</param>
/// <param name="time">The clock.</param>
internal sealed class MailChannel(MailServer server, TimeProvider time) : INoticeChannel
{
    private const string Before = "mail:";

    // All of connecting, TLS, logging in and sending.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "mail";

    /// <inheritdoc/>
    public IReadOnlyList<string> Targets(Notice notice) => [.. NoticeText.Owners(notice).Select(owner => Before + owner)];

    /// <inheritdoc/>
    public async Task<NoticeResult> SendAsync(Notice notice, string target, CancellationToken cancel)
    {
        if (MailAddress.Parse(target[Before.Length..]) is not { } to)
        {
            return NoticeResult.Refused("it is not a mail address");
        }

        using var timer = new CancellationTokenSource(Limit, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            await SmtpSession.SendAsync(server, to, MailText.Write(notice, server.From, to), limit.Token);
            return NoticeResult.Told;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return NoticeResult.Failed($"{server.Host} did not take it within {Limit.TotalSeconds} s");
        }
        catch (SmtpException e)
        {
            return e.IsFinal ? NoticeResult.Refused(e.Message) : NoticeResult.Failed(e.Message);
        }
    }
}
