using Tepui.Agent.Containers;
using Tepui.Agent.Core;
using Tepui.Agent.Http.Executors;
using Tepui.Agent.Links;

namespace Tepui.Agent.Loop;

/// <summary>Hands effects to those who carry them out. Runs in the loop, so nothing here waits.</summary>
/// <param name="links">To the master.</param>
/// <param name="containers">Containers, sandboxes and checks.</param>
/// <param name="executors">Streams of executors.</param>
/// <param name="stop">Ends the agent.</param>
internal sealed class Outside(MasterLinks links, ContainerDoor containers, ExecutorStreams executors, Action<AgentEnd> stop)
{
    /// <summary>Carries out one effect; durable ones and replies are not its matter.</summary>
    public void Run(AgentEffect effect)
    {
        switch (effect)
        {
            case AgentEffect.ToMaster frame: links.Send(frame.Link, frame.Frame); break;
            case AgentEffect.CloseLink close: links.Close(close.Link); break;
            case AgentEffect.StartContainer start: containers.Start(start.Plan); break;
            case AgentEffect.MakeSandbox make: containers.MakeSandbox(make.Directory, make.User); break;
            case AgentEffect.KillContainer kill: containers.Kill(kill.Container, kill.Grace); break;
            case AgentEffect.ForgetContainer forget: containers.Forget(forget.Container); break;
            case AgentEffect.RunProbe probe: containers.Probe(probe.Plan); break;
            case AgentEffect.RemoveDirectory remove: containers.RemoveSandbox(remove.Directory); break;
            case AgentEffect.ToExecutor toExecutor: executors.Send(toExecutor.Stream, toExecutor.Event); break;
            case AgentEffect.CloseStream close: executors.Close(close.Stream); break;
            case AgentEffect.Stop end: stop(new(end.ExitCode, end.Reason)); break;
        }
    }
}
