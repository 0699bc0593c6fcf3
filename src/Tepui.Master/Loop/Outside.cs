using Tepui.Master.Core;
using Tepui.Master.Http.Operator;
using Tepui.Master.Http.Scheduler;
using Tepui.Master.Links;
using Tepui.Runtime.Http;

namespace Tepui.Master.Loop;

/// <summary>Hands effects to those who carry them out. Runs in the loop, so nothing here waits.</summary>
internal sealed class Outside(SchedulerStreams schedulers, OperatorSubscribers operators, AgentLinks links)
{
    /// <summary>Carries out one effect; durable ones and replies are not its matter.</summary>
    public void Run(MasterEffect effect)
    {
        switch (effect)
        {
            case MasterEffect.Send send: schedulers.Send(send.Stream, send.Event); break;
            case MasterEffect.CloseStream close: schedulers.Close(close.Stream); break;
            case MasterEffect.ToAgent frame: links.Send(frame.Link, frame.Frame); break;
            case MasterEffect.CloseLink close: links.Close(close.Link); break;
            case MasterEffect.Publish publish: operators.Publish(new StreamRecord(publish.Event)); break;
        }
    }
}
