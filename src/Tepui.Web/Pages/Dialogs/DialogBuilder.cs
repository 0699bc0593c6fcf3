using System.Globalization;
using Tepui.Web.Layout;
using Tepui.Web.Services;

namespace Tepui.Web.Pages.Dialogs;

/// <summary>Builds dialogs: the rules of what they say before something happens.</summary>
public static class DialogBuilder
{
    /// <summary>The dialog of an address; null when none is open.</summary>
    /// <param name="services">The services now.</param>
    /// <param name="query">Which dialog.</param>
    /// <param name="address">The page's address.</param>
    /// <param name="refused">Why it was refused just now, if it was.</param>
    public static DialogModel? Build(ServicesSnapshot services, DialogQuery? query, string address, Refusal? refused)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (query is null or { Kind: DialogKind.Pause or DialogKind.Resume or DialogKind.Promote } && refused is null)
        {
            return null;
        }

        var dialog = Open(services, query!) with { Refused = refused };
        return dialog with { Close = DialogQuery.Close(address), Hidden = [("on", query!.On), ("from", address), .. dialog.Hidden] };
    }

    private static DialogModel Open(ServicesSnapshot services, DialogQuery query) => query.Kind switch
    {
        DialogKind.Stop or DialogKind.Rollback or DialogKind.Pause or DialogKind.Resume or DialogKind.Promote => OnDeployment(services, query),
        DialogKind.NewGroup => NewGroup(query),
        _ when services.Apps.TryGetValue(query.On, out var app) => OnApp(services, query, app) with { Locks = Locks(services, query) },
        DialogKind.Scale or DialogKind.Suspend or DialogKind.Destroy when services.Groups.Contains(query.On) => OnGroup(services, query) with { Locks = services.LocksOn(query.On) },
        _ => Void(query, $"There is no {query.On} any more."),
    };

    // Kills that are replaced, and ends of delays, are no deployments.
    private static IReadOnlyList<Deployment> Locks(ServicesSnapshot services, DialogQuery query) =>
        query.Kind is DialogKind.Kill or DialogKind.Reset ? [] : services.LocksOn(query.On);

    private static DialogModel OnApp(ServicesSnapshot services, DialogQuery query, AppSummary app) => query.Kind switch
    {
        DialogKind.Scale => Scale(query, app),
        DialogKind.Restart => Restart(app),
        DialogKind.Suspend => New(query.Kind, $"Suspend {app.Id}", "Suspend") with
        {
            Facts = [$"Stops {All(app)}. The app and its versions stay; scale it to run again."],
        },
        DialogKind.Destroy => New(query.Kind, $"Destroy {app.Id}", "Destroy") with
        {
            IsDangerous = true,
            Facts = [$"Stops {All(app)} and removes {(app.IsPod ? "the pod" : "the app")} with all its versions, and its persistent volumes if it has any.", "This cannot be undone."],
        },
        DialogKind.Reset => New(query.Kind, $"Reset the delay of {app.Id}", "Reset delay") with
        {
            Facts = [services.Queue.GetValueOrDefault(app.Id) is { IsDelayed: true } queue
                ? $"{Words.Count(queue.Count, "instance")} {(queue.Count == 1 ? "is" : "are")} held back for another {Show.Span(queue.TimeLeft)} after failures. They are tried again at once; the next failure starts the delay from its beginning."
                : "Nothing is held back now."],
        },
        DialogKind.Kill => Kill(query, app),
        DialogKind.KillScale => Kill(query, app),
        DialogKind.Revert => New(query.Kind, $"Roll back {app.Id}", "Roll back") with
        {
            Facts = [$"Deploys the configuration of {query.Version} again. {Replacement(app)}"],
            Hidden = [("version", query.Version)],
        },
        _ => Void(query, "This cannot be done here."),
    };

    private static DialogModel Scale(DialogQuery query, AppSummary app)
    {
        var dialog = New(query.Kind, $"Scale {app.Id}", "Scale") with
        {
            Fields = [new DialogField("amount", "Instances", query.Amount.Length > 0 ? query.Amount : $"{app.Instances}") { Step = "1", Previewed = true }],
        };
        var now = $"{Words.Count(app.Instances, "instance")} wanted now, {Show.Count(app.Running)} running.";
        if (!int.TryParse(query.Amount, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) || wanted == app.Instances)
        {
            return dialog with { Facts = [now] };
        }

        var more = wanted - app.Instances;
        var what = more > 0
            ? $"Starts {Words.Count(more, "instance")}, which take {Show.Number(more * app.Cpus)} of CPU and {Show.Bytes(more * app.MemoryBytes)} of memory."
            : $"Stops {Words.Count(-more, "instance")}, the {(app.KillsOldest ? "oldest" : "youngest")} first.";
        return dialog with { Facts = [now, what] };
    }

    private static DialogModel Restart(AppSummary app) => New(DialogKind.Restart, $"Restart {app.Id}", "Restart") with
    {
        Facts = [app.Instances == 0 ? "There are no instances to replace." : Replacement(app)],
    };

    // The arithmetic that the services promise for a restart.
    private static string Replacement(AppSummary app)
    {
        if (app.Instances == 0)
        {
            return "It has no instances now.";
        }

        var least = (int)Math.Ceiling(app.Instances * app.MinimumHealth);
        var most = Math.Max((int)Math.Floor(app.Instances * (1 + app.OverCapacity)), least == app.Instances ? app.Instances + (app.OverCapacity > 0 ? 0 : 1) : 0);
        return $"Replaces {All(app)} by new ones: at least {Show.Count(least)} of {Show.Count(app.Instances)} stay up, at most {Show.Count(most)} run at once.";
    }

    private static DialogModel Kill(DialogQuery query, AppSummary app)
    {
        var scales = query.Kind == DialogKind.KillScale;
        var count = query.Tasks.Count;
        var after = Math.Max(0, app.Instances - count);
        return count == 0
            ? Void(query, "No instance is chosen. Tick some first.")
            : New(query.Kind, $"Kill {Words.Count(count, "instance")} of {app.Id}", scales ? "Kill and scale" : "Kill") with
            {
                IsDangerous = true,
                Facts = [scales ? $"They are not replaced: {app.Id} goes from {Words.Count(app.Instances, "instance")} to {Show.Count(after)}." : $"{(count == 1 ? "It is" : "They are")} replaced, since {Words.Count(app.Instances, "instance")} are wanted."],
                Items = query.Tasks,
                Hidden = [.. query.Tasks.Select(task => ("task", task))],
            };
    }

    private static DialogModel OnGroup(ServicesSnapshot services, DialogQuery query)
    {
        var all = services.Below(query.On);
        var name = query.On == "/" ? "everything" : query.On;
        if (query.Kind == DialogKind.Destroy)
        {
            return New(query.Kind, $"Destroy {name}", "Destroy") with
            {
                IsDangerous = true,
                Facts = [$"Stops and removes {Sum(all)}, with all versions and persistent volumes.", "This cannot be undone."],
                Items = [.. all.Select(app => app.Id)],
            };
        }

        // A group is scaled by a factor for its apps; the services leave its pods alone.
        List<AppSummary> apps = [.. all.Where(app => !app.IsPod)];
        var pods = all.Count - apps.Count;
        var dialog = apps.Count == 0 ? Void(query, $"{name} holds no apps.")
            : query.Kind == DialogKind.Suspend ? New(query.Kind, $"Suspend {name}", "Suspend") with { Facts = [$"Stops {Sum(apps)}. The apps and their versions stay."], Items = [.. apps.Select(app => app.Id)] }
            : ScaleGroup(query, apps, name);
        return pods == 0 ? dialog : dialog with { Facts = [.. dialog.Facts, $"{Words.Count(pods, "pod")} in it {(pods == 1 ? "stays as it is" : "stay as they are")}."] };
    }

    private static DialogModel ScaleGroup(DialogQuery query, IReadOnlyList<AppSummary> apps, string name)
    {
        var dialog = New(query.Kind, $"Scale {name}", "Scale") with
        {
            Fields = [new DialogField("amount", "Factor", query.Amount.Length > 0 ? query.Amount : "1") { Step = "any", Previewed = true }],
        };
        if (!double.TryParse(query.Amount, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) || factor is < 0 or > 1e6 || !double.IsFinite(factor))
        {
            return dialog with { Facts = [$"It holds {Sum(apps)}. Each app's number is multiplied and rounded up."] };
        }

        var wanted = (int)Math.Min(apps.Sum(app => Math.Ceiling(app.Instances * factor)), int.MaxValue);
        return dialog with { Facts = [$"It holds {Sum(apps)}. Afterwards they want {Words.Count(wanted, "instance")}."] };
    }

    private static string Sum(IReadOnlyCollection<AppSummary> apps) =>
        $"{Words.Apps(apps.Count, apps.Count(app => app.IsPod))} with {Words.Count(apps.Sum(app => app.Instances), "instance")}";

    private static DialogModel OnDeployment(ServicesSnapshot services, DialogQuery query)
    {
        if (services.Running.FirstOrDefault(deployment => deployment.Id == query.On) is not { } deployment)
        {
            return Void(query, $"Deployment {query.On} does not run any more.");
        }

        var state = $"It is at step {deployment.CurrentStep} of {deployment.TotalSteps}{(deployment.Reason is { } reason ? $": {reason.TrimEnd('.')}" : "")}.";
        var progress = deployment.Progress.Select(part => $"{part.App}: {part.Ready} of {part.Target} ready, {part.Old} old");
        return query.Kind switch
        {
            DialogKind.Stop => New(query.Kind, "Stop the deployment", "Stop it here") with
            {
                IsDangerous = true,
                Facts = [state, $"{string.Join(", ", deployment.Affected)} {(deployment.Affected.Count == 1 ? "stays" : "stay")} as they are at this moment, with old and new instances side by side if there are both. Steps done are not undone."],
                Items = [.. progress],
            },
            DialogKind.Rollback => New(query.Kind, "Roll the deployment back", "Roll back") with
            {
                Facts = [state, $"A new deployment takes its place and brings {string.Join(", ", deployment.Affected)} back to what was before: new apps are removed, removed ones come back, changed ones get their earlier configuration."],
                Items = [.. progress],
            },
            _ => New(query.Kind, $"{query.Kind} the deployment", $"{query.Kind}") with { Facts = [state] },
        };
    }

    private static DialogModel NewGroup(DialogQuery query) => New(query.Kind, "New group", "Create group") with
    {
        Facts = [query.On is "/" or "" ? "The group is made at the root." : $"The group is made in {query.On}."],
        Fields = [new DialogField("name", "Name", query.Amount)],
    };

    private static DialogModel Void(DialogQuery query, string why) => New(query.Kind, "Nothing to do", "") with { Facts = [why], IsVoid = true };

    private static DialogModel New(DialogKind kind, string title, string submit) => new() { Action = $"{Links.Commands}/{DialogQuery.NameOf(kind)}", Title = title, Submit = submit, Close = Links.Apps };

    private static string All(AppSummary app) => app.Running == app.Instances ? Words.Count(app.Instances, "instance") : $"{Words.Count(app.Instances, "instance")} ({Show.Count(app.Running)} running)";
}
