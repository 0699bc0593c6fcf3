using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Http;
using Tepui.Sdk.Tasks;

namespace Tepui.Sdk.Scheduler;

/// <summary>Asks the master about tasks during one subscription, so that what was lost on the way is heard in the end.</summary>
/// <remarks>First about all tasks by name and for all the master knows, then again, with growing waits, about those nothing was heard of; all of it once per interval.</remarks>
internal sealed class Reconciler(TaskTracker tasks, Action<Call> post, SchedulerOptions options)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Runs until cancelled.</summary>
    /// <param name="atOnce">Ask now; otherwise after the first interval.</param>
    /// <param name="cancel">Ends with the subscription.</param>
    public async Task RunAsync(bool atOnce, CancellationToken cancel)
    {
        if (options.ReconcileInterval is not { } interval)
        {
            return;
        }

        try
        {
            while (true)
            {
                if (atOnce)
                {
                    await RoundAsync(cancel).ConfigureAwait(false);
                }

                atOnce = true;
                await Task.Delay(interval * (0.75 + (Random.Shared.NextDouble() / 2)), options.Time, cancel).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task RoundAsync(CancellationToken cancel)
    {
        var since = options.Time.GetUtcNow();
        var backoff = new Backoff(FirstWait, LongestWait);
        var unheard = tasks.UnheardSince(since);
        post(new() { Type = Call.Types.Type.Reconcile, Reconcile = new() });
        while (unheard.Count > 0)
        {
            post(new() { Type = Call.Types.Type.Reconcile, Reconcile = new() { Tasks = { unheard } } });
            await Task.Delay(backoff.Next(), options.Time, cancel).ConfigureAwait(false);
            unheard = tasks.UnheardSince(since);
        }
    }
}
