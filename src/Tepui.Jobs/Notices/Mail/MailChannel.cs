using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices.Mail;

/// <summary>Mails notices to the owners of their jobs, each on its own.</summary>
/// <param name="server">Where mails go through.</param>
/// <param name="limit">Longest time for all of connecting, TLS, logging in and sending.</param>
/// <param name="time">The clock.</param>
internal sealed class MailChannel(MailServer server, TimeSpan limit, TimeProvider time) : INoticeChannel
{
    /// <summary>Longest time for one mail.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const string Before = "mail:";

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

        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            await SmtpSession.SendAsync(server, to, MailText.Write(notice, server.From, to), either.Token);
            return NoticeResult.Told;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return NoticeResult.Failed($"{server.Host} did not take it within {limit.TotalSeconds} s");
        }
        catch (SmtpException e)
        {
            return e.IsFinal ? NoticeResult.Refused(e.Message) : NoticeResult.Failed(e.Message);
        }
    }
}
