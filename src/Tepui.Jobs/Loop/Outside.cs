using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Events;
using Tepui.Frameworks.Scheduling;
using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Metrics;
using Tepui.Jobs.Notices;

namespace Tepui.Jobs.Loop;

/// <summary>Hands effects to those who carry them out. Runs in the loop, so nothing here waits.</summary>
internal sealed class Outside(MasterLink<JobsInput> master, EventHub<JobEvent> events, RunTimes times, INotifier notifier, ILogger logger)
{
    /// <summary>Carries out one effect; durable ones and replies are not its matter.</summary>
    public void Run(JobsEffect effect)
    {
        switch (effect)
        {
            case JobsEffect.Publish publish: Publish(publish.Event); break;
            case JobsEffect.Accept accept: master.Accept(accept.Offer, accept.Operations, accept.Refuse); break;
            case JobsEffect.Decline decline: master.Decline(decline.Offers, decline.Refuse); break;
            case JobsEffect.Revive revive: master.Revive(revive.Roles); break;
            case JobsEffect.Suppress suppress: master.Suppress(suppress.Roles); break;
            case JobsEffect.Kill kill: master.Kill(kill.Task, kill.Agent, kill.Grace); break;
            case JobsEffect.Acknowledge acknowledge: master.Acknowledge(acknowledge.Status); break;
            case JobsEffect.Reconcile reconcile: master.Reconcile(reconcile.Tasks); break;
            case JobsEffect.Notify notify: notifier.Tell(notify.Notice); break;
        }
    }

    private void Publish(JobEvent happened)
    {
        if (happened is JobEvent.NoticeDropped dropped)
        {
            logger.NoticeDropped(dropped.Notice, dropped.Job.Value, dropped.Problem);
        }

        times.Hear(happened);
        events.Publish(happened);
    }
}
