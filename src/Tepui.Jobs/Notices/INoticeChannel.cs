using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>One way to tell people.</summary>
internal interface INoticeChannel
{
    /// <summary>For metrics and logs.</summary>
    public string Name { get; }

    /// <summary>Whom a notice goes to this way, as they stand in <see cref="Notice.Told"/>; none: it does not go this way. Begin with the channel's name.</summary>
    public IReadOnlyList<string> Targets(Notice notice);

    /// <summary>Tells one of them. Ends within its time limit; what goes wrong may be thrown too.</summary>
    public Task<NoticeResult> SendAsync(Notice notice, string target, CancellationToken cancel);
}
