using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>Tells people of what happened to jobs.</summary>
internal interface INotifier : IAsyncDisposable
{
    /// <summary>Tells a notice on all channels that do not have it yet; does not wait. Answered by exactly one <see cref="JobsInput.Notified"/>.</summary>
    public void Tell(Notice notice);
}
