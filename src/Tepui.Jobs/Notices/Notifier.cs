using System.Collections.Concurrent;
using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>Tells each notice on the channels there are, side by side, and says which have it.</summary>
/// <param name="channels">Ways to tell people.</param>
/// <param name="tellAsync">Tells the core how it went.</param>
internal sealed class Notifier(IReadOnlyList<INoticeChannel> channels, Func<JobsInput, ValueTask> tellAsync) : INotifier
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<long, Task> _sending = new();

    /// <inheritdoc/>
    public void Tell(Notice notice)
    {
        var sending = SendAsync(notice);
        if (!sending.IsCompleted)
        {
            _sending[notice.Sequence] = sending;
            _ = sending.ContinueWith(_ => _sending.TryRemove(notice.Sequence, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_sending.Values);
        _stopping.Dispose();
    }

    private async Task SendAsync(Notice notice)
    {
        try
        {
            var wanted = channels.Where(channel => channel.Takes(notice) && !notice.Told.Contains(channel.Name)).ToList();
            var problems = await Task.WhenAll(wanted.Select(channel => TryAsync(channel, notice)));
            var told = wanted.Where((_, index) => problems[index] is null).Select(channel => channel.Name);
            var problem = string.Join("; ", problems.OfType<string>());
            await tellAsync(new JobsInput.Notified(notice.Sequence, [.. notice.Told, .. told], problem.Length == 0 ? null : problem));
        }
        catch (OperationCanceledException)
        {
            // The scheduler stops; its next start tells it again.
        }
    }

    private async Task<string?> TryAsync(INoticeChannel channel, Notice notice)
    {
        try
        {
            return await channel.SendAsync(notice, _stopping.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stopping.IsCancellationRequested)
        {
            return $"{channel.Name}: {e.Message}";
        }
    }
}
