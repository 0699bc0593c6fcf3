using Tepui.Frameworks.Events;
using Tepui.Frameworks.Scheduling;
using Tepui.Services.Checks;
using Tepui.Services.Core;
using Tepui.Services.Core.Events;
using Tepui.Services.Events;

namespace Tepui.Services.Loop;

/// <summary>Hands effects to those who carry them out. Runs in the loop, so nothing here waits.</summary>
internal sealed class Outside(MasterLink<ServicesInput> master, EventHub<ServiceEvent> events, Callbacks callbacks, CheckRunner checks, LoadMeter meter)
{
    /// <summary>Carries out one effect; durable ones and replies are not its matter.</summary>
    public void Run(ServicesEffect effect)
    {
        switch (effect)
        {
            case ServicesEffect.Publish publish: Publish(publish.Event); break;
            case ServicesEffect.Accept accept: master.Accept(accept.Offer, accept.Operations, accept.Refuse); break;
            case ServicesEffect.Decline decline: master.Decline(decline.Offers, decline.Refuse); break;
            case ServicesEffect.Revive revive: master.Revive(revive.Roles); break;
            case ServicesEffect.Suppress suppress: master.Suppress(suppress.Roles); break;
            case ServicesEffect.Kill kill: master.Kill(kill.Task, kill.Agent, kill.Grace); break;
            case ServicesEffect.Acknowledge acknowledge: master.Acknowledge(acknowledge.Status); break;
            case ServicesEffect.Reconcile reconcile: master.Reconcile(reconcile.Tasks); break;
            case ServicesEffect.StartHealthChecks start: checks.Start(start); break;
            case ServicesEffect.StartReadinessCheck start: checks.Start(start); break;
            case ServicesEffect.StopChecks stop: checks.Stop(stop.Instance); break;
            case ServicesEffect.Measure measure: meter.Measure(measure); break;
        }
    }

    private void Publish(ServiceEvent happened)
    {
        if (happened is ServiceEvent.CallbackChanged changed)
        {
            callbacks.Set(changed.CallbackUrl, changed.Subscribed);
        }

        events.Publish(happened);
    }
}
