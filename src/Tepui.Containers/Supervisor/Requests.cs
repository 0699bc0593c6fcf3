using Tepui.Containers.Native;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Supervisor;

/// <summary>Carries out what agents ask for.</summary>
internal sealed class Requests(ContainerTable table, Recorder recorder, Mailbox<Container> starts, Killer killer, Upgrade upgrade)
{
    /// <summary>Carries out one request.</summary>
    public void Handle(AgentConnection agent, SupervisorRequest request)
    {
        switch (request.MessageCase)
        {
            case SupervisorRequest.MessageOneofCase.Hello:
                recorder.Attach(agent);
                break;
            case SupervisorRequest.MessageOneofCase.Launch:
                Launch(request.Launch);
                break;
            case SupervisorRequest.MessageOneofCase.Kill:
                killer.Kill(request.Kill.Id, (long)Math.Min(request.Kill.GraceMs, int.MaxValue));
                break;
            case SupervisorRequest.MessageOneofCase.Forget:
                Forget(request.Forget.Id);
                break;
            case SupervisorRequest.MessageOneofCase.List:
                recorder.Table();
                break;
            case SupervisorRequest.MessageOneofCase.Upgrade:
                string[] command = [.. request.Upgrade.Command];
                recorder.Post(() => upgrade.Run(command));
                break;
            case SupervisorRequest.MessageOneofCase.Shutdown:
                // At once: the log is written, and the runtime's own way out waits for threads that wait for children.
                recorder.Post(static () => Libc.ExitNow(0));
                break;
            default:
                Threads.Report($"Ignored a request of a kind this build does not know: {request.MessageCase}");
                break;
        }
    }

    private void Launch(SupervisorRequest.Types.Launch launch)
    {
        var container = new Container(launch.Id, launch.Directory) { Transient = launch.Transient, Launch = launch };
        bool isNew;
        lock (table.Gate)
        {
            isNew = table.Add(container);
        }

        if (isNew)
        {
            recorder.Launching(container, () => starts.Post(container));
        }
        else
        {
            // An agent that lost its connection asks again for what it got no answer to.
            recorder.Repeat(launch.Id);
        }
    }

    private void Forget(string id)
    {
        lock (table.Gate)
        {
            if (table.Containers.TryGetValue(id, out var container) && container.Stage == ContainerStage.Ended)
            {
                table.Remove(container);
                recorder.Forgotten(container);
            }
        }
    }
}
