// Runs a few tasks on the cluster and waits until all of them are done.
// Usage: HelloFramework [MASTER] [TASKS] [COMMAND], as in: HelloFramework localhost:5050 5 'echo hello from $MESOS_TASK_ID'
using Tepui.Protocol.V1;
using Tepui.Sdk.Offers;
using Tepui.Sdk.Scheduler;
using Tepui.Sdk.Tasks;

var master = args.ElementAtOrDefault(0) ?? "localhost:5050";
var count = int.Parse(args.ElementAtOrDefault(1) ?? "5");
var command = args.ElementAtOrDefault(2) ?? "echo hello from $MESOS_TASK_ID";

var demand = new TaskDemand(Cpus: 0.1, MemMb: 32);
var waiting = new LinkedList<string>(Enumerable.Range(1, count).Select(number => $"hello-{number}"));
var left = count;
var failed = 0;

var framework = new FrameworkInfo { Name = "hello", User = System.Environment.UserName, Roles = { "*" } };
framework.Capabilities.Add(new FrameworkInfo.Types.Capability { Type = FrameworkInfo.Types.Capability.Types.Type.MultiRole });
framework.Capabilities.Add(new FrameworkInfo.Types.Capability { Type = FrameworkInfo.Types.Capability.Types.Type.ReservationRefinement });

await using var client = new SchedulerClient(new() { Masters = [master], Framework = framework });
try
{
    await foreach (var happened in client.RunAsync())
    {
        switch (happened)
        {
            case SchedulerEvent.Subscribed subscribed:
                Console.WriteLine($"subscribed as {subscribed.Framework}");
                break;
            case SchedulerEvent.Offered offered:
                Launch(offered.Offers);
                break;
            case SchedulerEvent.Updated { Status.State: var state } update:
                Console.WriteLine($"{update.Task}: {state}");
                if (state.IsTerminal() && update.Before is not null)
                {
                    left--;
                    failed += state == TaskState.TaskFinished ? 0 : 1;
                }

                break;
            case SchedulerEvent.Disconnected lost:
                Console.WriteLine($"disconnected: {lost.Reason}");
                break;
            case SchedulerEvent.CallFailed refused:
                Console.WriteLine($"{refused.Call.Type} failed: {refused.Answer.Status} {refused.Answer.Body}");
                break;
        }

        if (left == 0)
        {
            break;
        }
    }

    await client.TeardownAsync();
}
catch (FrameworkErrorException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}

Console.WriteLine($"{count - failed} of {count} tasks finished");
return failed == 0 ? 0 : 1;

void Launch(IEnumerable<Offer> offers)
{
    foreach (var use in OfferMatcher.Place(offers, waiting, _ => demand))
    {
        if (use.Items.Count == 0)
        {
            client.Decline([new(use.Offer.Id.Value)]);
            continue;
        }

        client.Launch(use.Offer, use.Items.Select(item => new TaskInfo
        {
            Name = "hello",
            TaskId = new() { Value = item.Item },
            AgentId = use.Offer.AgentId,
            Command = new() { Value = command },
            Resources = { item.Resources },
        }));
    }
}
