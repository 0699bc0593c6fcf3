// Runs tasks inside its own process: each computes the sum of the numbers up to the one in its data and sends the result along.
// An agent starts it: name it in ExecutorInfo.command. With --brief only the end of a task is reported.
using System.Globalization;
using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Sdk.Executor;

var isBrief = args.Contains("--brief");
ExecutorOptions options;
try
{
    options = ExecutorOptions.FromEnvironment();
}
catch (InvalidOperationException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

await using var client = new ExecutorClient(options);
await foreach (var wanted in client.RunAsync())
{
    switch (wanted)
    {
        case ExecutorEvent.Subscribed subscribed:
            Console.WriteLine($"subscribed at {subscribed.Info.AgentInfo.Hostname}");
            break;
        case ExecutorEvent.Launch launch:
            Run(launch.Task);
            break;
        case ExecutorEvent.LaunchGroup group:
            foreach (var task in group.Tasks)
            {
                Run(task);
            }

            break;
        case ExecutorEvent.MessageReceived message:
            client.Message(message.Data);
            break;
        case ExecutorEvent.Disconnected lost:
            Console.WriteLine($"disconnected: {lost.Reason}");
            break;
        case ExecutorEvent.Failed failed:
            Console.Error.WriteLine(failed.Message);
            break;
    }
}

// Told to leave: tasks here end as soon as they start, so only their updates are waited for.
await client.WhenAcknowledgedAsync().WaitAsync(options.ShutdownGracePeriod * 0.8).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
return 0;

void Run(TaskInfo task)
{
    var id = TaskId.From(task.TaskId);
    if (!isBrief)
    {
        client.Update(id, TaskState.TaskRunning);
    }

    if (task.Data.Length > 0 && !ulong.TryParse(task.Data.ToStringUtf8(), out _))
    {
        client.Update(id, TaskState.TaskFailed, $"The data is '{task.Data.ToStringUtf8()}'; it must be a number");
        return;
    }

    var upTo = task.Data.Length == 0 ? 0 : ulong.Parse(task.Data.ToStringUtf8(), CultureInfo.InvariantCulture);
    ulong sum = 0;
    for (ulong number = 1; number <= upTo; number++)
    {
        sum += number;
    }

    client.Update(id, TaskState.TaskFinished, fill: status => status.Data = ByteString.CopyFromUtf8(sum.ToString(CultureInfo.InvariantCulture)));
}
