using Tepui.Model.Identifiers;
using Tepui.Services.Core;
using Tepui.Services.Core.Instances;
using Tepui.Services.Loop;

namespace Tepui.Services.Scheduling;

/// <summary>Asks the master about all tasks from time to time, so that news that were lost on the way are heard in the end. After a subscription the core asks by itself.</summary>
internal sealed class Reconciliation(ServicesLoop loop, MasterLink master, TimeSpan interval, TimeProvider time)
{
    /// <summary>Asks until <paramref name="stopping"/>.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await Task.Delay(interval, time, stopping);
                if (master.IsSubscribed)
                {
                    await AskAsync(stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task AskAsync(CancellationToken stopping)
    {
        var view = await loop.ViewAsync(stopping);
        var tasks = view.Instances.Values
            .SelectMany(instances => instances)
            .Where(instance => !instance.Condition.IsTerminal() && instance.Condition != Condition.Scheduled)
            .SelectMany(instance => instance.Tasks.Where(task => task.EndedAt is null).Select(task => (task.Id, instance.Host?.Agent)))
            .ToList();
        if (tasks.Count > 0)
        {
            master.Reconcile(new ServicesEffect.Reconcile([.. tasks.Select(task => (task.Id, (AgentId?)task.Agent))]));
        }

        master.Reconcile(new ServicesEffect.Reconcile([]));
    }
}
