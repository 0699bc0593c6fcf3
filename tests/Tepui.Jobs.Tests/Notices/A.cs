using System.Text;
using Tepui.Jobs.Notices;
using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Tests.Notices;

/// <summary>Builders with valid defaults.</summary>
internal static class A
{
    public static Notice Notice(string owner = "", string? webhook = null, string message = "run 7 of job 'backup' failed: exited with 1", string document = """{"job":"backup","command":"true","errorCount":"3"}""") => new()
    {
        Sequence = 42,
        Kind = NoticeKind.Failure,
        Job = new("backup"),
        Run = 7,
        At = new(2031, 5, 1, 6, 30, 0, TimeSpan.Zero),
        Message = message,
        Document = Encoding.UTF8.GetBytes(document),
        Owner = owner,
        Webhook = webhook,
    };

    public static async Task<NoticeResult> SendAllAsync(this INoticeChannel channel, Notice notice)
    {
        var results = new List<NoticeResult>();
        foreach (var target in channel.Targets(notice))
        {
            results.Add(await channel.SendAsync(notice, target, CancellationToken.None).WaitAsync(Wait.Limit));
        }

        return Assert.Single(results);
    }
}
