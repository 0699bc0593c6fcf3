using Tepui.Model.Identifiers;
using Tepui.Runtime.Files;

namespace Tepui.Agent.Files;

/// <summary>Shows sandboxes to readers, under their real paths and under those that stay the same from run to run. Two roots stand for all of them, so a million tasks cost nothing here.</summary>
/// <param name="files">Where they are shown.</param>
/// <param name="workDirectory">Sandboxes are below it, in <c>slaves/S/frameworks/F/executors/E/runs/C</c>, with a link <c>latest</c> beside the last.</param>
internal sealed class SandboxFiles(VirtualFiles files, string workDirectory)
{
    private string Agents => Path.Combine(workDirectory, "slaves");

    /// <summary>Shows all sandboxes, those of earlier lives of this agent too, under their real paths.</summary>
    public void ShowAll() => files.Attach(Agents, Agents);

    /// <summary>Shows the sandboxes of the agent of this id as <c>/frameworks/F/executors/E/runs/latest</c>.</summary>
    public void ShowAs(AgentId agent)
    {
        if (agent.IsSet)
        {
            files.Attach("/frameworks", Path.Combine(Agents, agent.Value, "frameworks"));
        }
    }
}
