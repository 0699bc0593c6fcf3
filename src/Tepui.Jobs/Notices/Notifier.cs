using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Notices;
using Tepui.Runtime.Metrics;

namespace Tepui.Jobs.Notices;

/// <summary>Tells each notice on the channels there are, side by side, and says who has it. A channel that is slow or full keeps no other one waiting.</summary>
internal sealed class Notifier : INotifier
{
    private const int SentAtOnceMost = 8;
    private static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyList<INoticeChannel> _channels;
    private readonly Func<JobsInput, ValueTask> _tellAsync;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Dictionary<string, SemaphoreSlim> _turns;
    private readonly Dictionary<string, (Counter Told, Counter Failed)> _counters;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<long, Task> _sending = new();

    /// <summary>Begins without anything to tell.</summary>
    /// <param name="channels">Ways to tell people.</param>
    /// <param name="tellAsync">Tells the core how it went.</param>
    /// <param name="metrics">Counts by channel.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where trouble is told.</param>
    public Notifier(IReadOnlyList<INoticeChannel> channels, Func<JobsInput, ValueTask> tellAsync, MetricRegistry metrics, TimeProvider time, ILogger logger)
    {
        _channels = channels;
        _tellAsync = tellAsync;
        _time = time;
        _logger = logger;
        _turns = channels.ToDictionary(channel => channel.Name, _ => new SemaphoreSlim(SentAtOnceMost), StringComparer.Ordinal);
        _counters = channels.ToDictionary(
            channel => channel.Name,
            channel => (metrics.Counter($"notices.{channel.Name}.told", "Notices told."), metrics.Counter($"notices.{channel.Name}.failed", "Tries to tell a notice that failed.")),
            StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Tell(Notice notice)
    {
        // Starting a program takes a while: the loop does not wait for it.
        var sending = Task.Run(() => SendAsync(notice), CancellationToken.None);
        _sending[notice.Sequence] = sending;
        _ = sending.ContinueWith(_ => _sending.TryRemove(new(notice.Sequence, sending)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_sending.Values);
        _stopping.Dispose();
        foreach (var turn in _turns.Values)
        {
            turn.Dispose();
        }
    }

    private async Task SendAsync(Notice notice)
    {
        try
        {
            var answer = await TellAllAsync(notice);
            await _tellAsync(answer);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The scheduler stops; its next start tells it again.
        }
    }

    private async Task<JobsInput.Notified> TellAllAsync(Notice notice)
    {
        try
        {
            var targets = _channels
                .SelectMany(channel => channel.Targets(notice).Select(target => (Channel: channel, Target: target)))
                .Where(item => !notice.Told.Contains(item.Target, StringComparer.Ordinal))
                .ToList();
            var results = await Task.WhenAll(targets.Select(item => TryAsync(item.Channel, item.Target, notice)));
            var done = targets.Where((_, index) => results[index].Problem is null || results[index].IsFinal).Select(item => item.Target);
            var problems = targets.Zip(results).Where(item => item.Second is { Problem: not null, IsFinal: false }).Select(item => $"{item.First.Target}: {item.Second.Problem}").ToList();
            return new(notice.Sequence, [.. done], problems.Count == 0 ? null : string.Join("; ", problems));
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            // A mistake of ours must neither end the scheduler nor keep the core waiting for an answer.
            _logger.NoticeBroken(e, notice.Job.Value);
            return new(notice.Sequence, [], e.Message);
        }
    }

    private async Task<NoticeResult> TryAsync(INoticeChannel channel, string target, Notice notice)
    {
        var result = await InTurnAsync(channel, target, notice);
        var (told, failed) = _counters[channel.Name];
        (result.Problem is null ? told : failed).Increment();
        if (result.Problem is { } problem)
        {
            if (result.IsFinal)
            {
                _logger.NoticeRefused(notice.Sequence, notice.Job.Value, target, problem);
            }
            else
            {
                _logger.NoticeFailed(notice.Sequence, notice.Job.Value, target, problem);
            }
        }

        return result;
    }

    private async Task<NoticeResult> InTurnAsync(INoticeChannel channel, string target, Notice notice)
    {
        using var timer = new CancellationTokenSource(TurnLimit, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, timer.Token);
        try
        {
            await _turns[channel.Name].WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            return NoticeResult.Failed($"others were before it for {TurnLimit.TotalSeconds} s");
        }

        try
        {
            return await channel.SendAsync(notice, target, _stopping.Token);
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            return NoticeResult.Failed(e.Message);
        }
        finally
        {
            _turns[channel.Name].Release();
        }
    }
}
