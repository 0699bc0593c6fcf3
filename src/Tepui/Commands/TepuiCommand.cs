using System.CommandLine;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui</c> itself: the list of commands.</summary>
internal sealed class TepuiCommand : RootCommand, IDetailed
{
    public TepuiCommand()
        : base("Tepui makes a fleet of machines one pool and shares it fairly among many schedulers.")
    {
        Add(new LocalCommand());
        Add(new MasterCommand());
        Add(new AgentCommand { new AgentListCommand() });
        Add(new RunCommand());
        Add(new CommandGroup("task", "Looks at tasks and kills them.", "tepui task ls", "tepui task log -f hello.1", "tepui task kill hello.1")
        {
            new TaskListCommand(),
            new TaskLogCommand(),
            new TaskKillCommand(),
        });
        Add(new CommandGroup("framework", "Looks at frameworks.", "tepui framework ls --all") { new FrameworkListCommand() });
        Add(new CommandGroup("role", "Looks at roles.", "tepui role ls") { new RoleListCommand() });
        Add(new VersionCommand());
        Help.Install(this);
    }

    /// <inheritdoc/>
    public string Details { get; } = Help.Examples(
        "tepui local                                              a whole cluster on this machine",
        "tepui run --name hello --instances 3 'echo hi; sleep 2'",
        "tepui task ls --all",
        "tepui task log hello.1");
}
