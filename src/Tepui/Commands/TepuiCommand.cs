using System.CommandLine;
using Tepui.Commands.Apps;
using Tepui.Commands.Deployments;
using Tepui.Commands.Groups;
using Tepui.Commands.Jobs;
using Tepui.Commands.Pods;
using Tepui.Commands.Queue;
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
        Add(new ServicesCommand());
        Add(new JobsCommand());
        Add(new RunCommand());
        Add(new CommandGroup("task", "Looks at tasks and kills them.", "tepui task ls", "tepui task log -f hello.1", "tepui task kill hello.1")
        {
            new TaskListCommand(),
            new TaskLogCommand(),
            new TaskKillCommand(),
        });
        Add(new CommandGroup("framework", "Looks at frameworks.", "tepui framework ls --all") { new FrameworkListCommand() });
        Add(new CommandGroup("role", "Looks at roles.", "tepui role ls") { new RoleListCommand() });
        Add(App());
        Add(Pod());
        Add(Group());
        Add(Deployment());
        Add(Job());
        Add(new CommandGroup("queue", "Looks at what waits to be launched.", "tepui queue ls", "tepui queue reset web") { new QueueListCommand(), new QueueResetCommand() });
        Add(new CommandGroup("explain", "Says why things are as they are.", "tepui explain app web") { new ExplainAppCommand() });
        Add(new ApplyCommand());
        Add(new VersionCommand());
        Help.Install(this);
    }

    /// <inheritdoc/>
    public string Details { get; } = Help.Examples(
        "tepui local                                              a whole cluster on this machine",
        "tepui run --name hello --instances 3 'echo hi; sleep 2'",
        "tepui task ls --all",
        "tepui task log hello.1",
        "tepui app add web.json",
        "tepui job add --name tick --cron '*/2 * * * *' date",
        "tepui apply -f stack.yaml --plan");

    private static CommandGroup App() => new("app", "Adds, changes and looks at apps: programs that services keep running.", "tepui app add web.json", "tepui app ls", "tepui app scale web 5")
    {
        new AppAddCommand(),
        new AppListCommand(),
        new AppShowCommand(),
        new AppScaleCommand(),
        new AppUpdateCommand(),
        new AppRestartCommand(),
        new AppSuspendCommand(),
        new AppRemoveCommand(),
        new AppVersionsCommand(),
        new AppDiffCommand(),
        new AppRollbackCommand(),
        new AppTasksCommand(),
        new AppKillCommand(),
        new AppLogCommand(),
    };

    private static CommandGroup Pod() => new("pod", "Adds, changes and looks at pods: containers that are placed and live together.", "tepui pod add pod.json", "tepui pod ls")
    {
        new PodAddCommand(),
        new PodListCommand(),
        new PodShowCommand(),
        new PodUpdateCommand(),
        new PodRemoveCommand(),
    };

    private static CommandGroup Group() => new("group", "Adds, changes and looks at groups of apps.", "tepui group ls", "tepui group add shop.json", "tepui group scale shop 2")
    {
        new GroupListCommand(),
        new GroupShowCommand(),
        new GroupAddCommand(),
        new GroupUpdateCommand(),
        new GroupScaleCommand(),
        new GroupRemoveCommand(),
    };

    private static CommandGroup Deployment() => new("deployment", "Watches and steers deployments: changes under way.", "tepui deployment ls", "tepui deployment watch", "tepui deployment rollback web")
    {
        new DeploymentListCommand(),
        new DeploymentShowCommand(),
        new DeploymentWatchCommand(),
        DeploymentSteerCommand.Pause(),
        DeploymentSteerCommand.Resume(),
        DeploymentSteerCommand.Promote(),
        new DeploymentAbortCommand(),
        new DeploymentRollbackCommand(),
    };

    private static CommandGroup Job() => new("job", "Adds, runs and looks at jobs: commands that run by a schedule or after others.", "tepui job add nightly.json", "tepui job ls", "tepui job run nightly --wait")
    {
        new JobAddCommand(),
        new JobListCommand(),
        new JobShowCommand(),
        new JobRunCommand(),
        new JobRunsCommand(),
        new JobLogCommand(),
        new JobGraphCommand(),
        new JobNextCommand(),
        new JobExplainCommand(),
        JobSwitchCommand.Enable(),
        JobSwitchCommand.Disable(),
        new JobBackfillCommand(),
        new JobSuccessCommand(),
        new JobKillCommand(),
        new JobRemoveCommand(),
    };
}
