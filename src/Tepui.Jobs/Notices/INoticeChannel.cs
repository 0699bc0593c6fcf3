using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>One way to tell people.</summary>
internal interface INoticeChannel
{
    /// <summary>As it stands in <see cref="Notice.Told"/>.</summary>
    public string Name { get; }

    /// <summary>Whether a notice goes this way at all.</summary>
    public bool Takes(Notice notice);

    /// <summary>Tells a notice; gives what kept it from being told, or <see langword="null"/>.</summary>
    public Task<string?> SendAsync(Notice notice, CancellationToken cancel);
}
