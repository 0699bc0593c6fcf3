using System.CommandLine;
using Tepui.Model;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Running;
using Tepui.Sdk.Offers;
using Tepui.Sdk.Scheduler;
using Tepui.Terminal;
using Environment = System.Environment;

namespace Tepui.Commands;

/// <summary><c>tepui run</c></summary>
internal sealed class RunCommand : ClientCommand
{
    private const int InstancesMax = 1_000_000;

    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "What to run: one word is a line for the shell, several are a program and its arguments (put -- before them when one starts with a dash)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _name = new("--name") { Description = "Name of the tasks; their ids are NAME.1, NAME.2, … (default: the program's name)", HelpName = "NAME" };
    private readonly Option<int> _instances = new("--instances", "-n") { Description = "How many", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _cpus = new("--cpus") { Description = "Cores of each, 0.001 and up", HelpName = "N", DefaultValueFactory = _ => 0.1 };
    private readonly Option<double> _mem = new("--mem") { Description = "Memory of each, MB", HelpName = "MB", DefaultValueFactory = _ => 32 };
    private readonly Option<double> _disk = new("--disk") { Description = "Disk of each, MB", HelpName = "MB", DefaultValueFactory = _ => 0 };
    private readonly Option<int> _ports = new("--ports") { Description = "Ports of each; they are in PORT0, PORT1, …", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<string[]> _env = new("--env", "-e") { Description = "Environment variable", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _uris = new("--uri") { Description = "Fetched into the sandbox first; archives are extracted", HelpName = "URI", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _user = new("--user") { Description = "User to run as (default: who calls)", HelpName = "NAME" };
    private readonly Option<string> _role = new("--role") { Description = "Role to get resources in", HelpName = "ROLE", DefaultValueFactory = _ => "*" };
    private readonly Option<double?> _timeout = new("--timeout") { Description = "Longest a task may run, seconds", HelpName = "SECONDS" };
    private readonly Option<double?> _grace = new("--kill-grace") { Description = "Time between SIGTERM and SIGKILL, seconds (default 3)", HelpName = "SECONDS" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Arity = ArgumentArity.Zero, Description = "No progress" };

    public RunCommand()
        : base(
            "run",
            "Runs tasks to their end and sums up, failures first. Ctrl-C kills them.",
            "tepui run 'echo hello; sleep 2'",
            "tepui run --name hello --instances 3 --cpus 0.1 --mem 32 'echo hi from $MESOS_TASK_ID; sleep 2'",
            "tepui run --instances 500 --cpus 0.01 --mem 8 true",
            "tepui run --output json -- ls -l /")
    {
        Arguments.Add(_command);
        Validators.Add(result =>
        {
            if (result.GetValue(_command) is not { Length: > 0 })
            {
                result.AddError("COMMAND is missing: give the line for the shell, or the program and its arguments");
            }
        });
        foreach (var option in new Option[] { _name, _instances, _cpus, _mem, _disk, _ports, _env, _uris, _user, _role, _timeout, _grace, _quiet })
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken cancel)
    {
        var request = ReadRequest(invocation.Parsed);

        // Fails at once, with a clear message, when nobody is there; later losses are waited out.
        await invocation.Client.CallAsync(new Protocol.V1.Master.Call { Type = Protocol.V1.Master.Call.Types.Type.GetHealth }, cancel);
        var time = TimeProvider.System;
        await using var session = new RunSession(request, invocation.Master, invocation.Client, time);
        var began = time.GetTimestamp();
        try
        {
            var running = session.RunAsync(static () => { }, cancel);
            if (invocation.Parsed.GetValue(_quiet))
            {
                await running;
            }
            else
            {
                await RunProgress.ShowAsync(session, running, time, cancel);
            }
        }
        catch (FrameworkErrorException refused)
        {
            throw new CommandFailure(ExitCode.Failure, $"the master will not have this framework: {refused.Message}");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(session.FrameworkId.IsSet && !session.IsTornDown
                ? $"tepui: interrupted; {session.Trouble}"
                : $"tepui: interrupted; {session.Instances.Count - session.EndedCount} tasks that had not ended are killed");
            return ExitCode.Interrupted;
        }

        var took = time.GetElapsedTime(began);
        if (invocation.Output == OutputFormat.Json)
        {
            RunSummary.WriteJson(session, took);
        }
        else
        {
            RunSummary.WriteTable(session, took, Console.Out);
        }

        return RunSummary.IsSuccess(session) ? ExitCode.Ok : ExitCode.Failure;
    }

    private RunRequest ReadRequest(ParseResult parsed)
    {
        var words = parsed.GetRequiredValue(_command);
        var request = new RunRequest
        {
            Name = parsed.GetValue(_name) ?? DefaultName(words),
            Instances = parsed.GetValue(_instances),
            Demand = new TaskDemand(
                parsed.GetValue(_cpus), parsed.GetValue(_mem), parsed.GetValue(_disk), Gpus: 0, parsed.GetValue(_ports)),
            Command = ToCommand(parsed, words),
            Role = parsed.GetValue(_role)!,
            User = parsed.GetValue(_user) ?? Environment.UserName,
            MaxCompletionTime = Seconds(parsed.GetValue(_timeout)),
            KillGrace = Seconds(parsed.GetValue(_grace)),
        };
        var problems = Problems(parsed, request).ToList();
        return problems.Count == 0 ? request : throw new CommandFailure(ExitCode.Usage, string.Join("\ntepui: ", problems.Select(problem => $"{problem.Path} {problem.Message}")));
    }

    private CommandInfo ToCommand(ParseResult parsed, string[] words)
    {
        var command = new CommandInfo { Value = words[0], Shell = words.Length == 1 };
        if (words.Length > 1)
        {
            command.Arguments.AddRange(words);
        }

        if (parsed.GetValue(_user) is { } user)
        {
            command.User = user;
        }

        foreach (var uri in parsed.GetValue(_uris)!)
        {
            command.Uris.Add(new CommandInfo.Types.URI { Value = uri });
        }

        foreach (var pair in parsed.GetValue(_env)!.Select(text => text.Split('=', 2)).Where(pair => pair.Length == 2))
        {
            command.Environment ??= new();
            command.Environment.Variables.Add(new Protocol.V1.Environment.Types.Variable { Name = pair[0], Value = pair[1] });
        }

        return command;
    }

    private IEnumerable<Problem> Problems(ParseResult parsed, RunRequest request)
    {
        if (request.Command is { Shell: true, Value: var line } && string.IsNullOrWhiteSpace(line))
        {
            yield return new("COMMAND", "is empty; there is nothing to run");
        }
        else if (request.Command.Value.Length == 0)
        {
            yield return new("COMMAND", "names no program: its first word is empty");
        }

        if (request.Name.Length == 0)
        {
            yield return new("--name", "is empty; leave it out for the program's name");
        }
        else if (IdRule.Problem($"{request.Name}.{InstancesMax}") is { } why)
        {
            yield return new("--name", $"is '{request.Name}': {why}");
        }

        if (request.Instances is < 1 or > InstancesMax)
        {
            yield return new("--instances", $"is {request.Instances}; it must be from 1 to {InstancesMax}");
        }

        foreach (var (option, value, min) in new[] { ("--cpus", request.Demand.Cpus, 0.001), ("--mem", request.Demand.MemMb, 0), ("--disk", request.Demand.DiskMb, 0) })
        {
            if (!double.IsFinite(value) || value < min)
            {
                yield return new(option, $"is {value}; it must be {min} or more");
            }
        }

        if (request.Demand.Ports < 0)
        {
            yield return new("--ports", $"is {request.Demand.Ports}; it must be 0 or more");
        }

        if (Model.Resources.RoleRules.Problem(request.Role) is { } role)
        {
            yield return new("--role", role);
        }

        foreach (var text in parsed.GetValue(_env)!.Where(text => text.IndexOf('=', StringComparison.Ordinal) <= 0))
        {
            yield return new("--env", $"is '{text}'; it must be NAME=VALUE");
        }

        foreach (var (option, value) in new[] { ("--timeout", parsed.GetValue(_timeout)), ("--kill-grace", parsed.GetValue(_grace)) })
        {
            if (value is { } seconds && (!double.IsFinite(seconds) || seconds < 0 || seconds > 1e9))
            {
                yield return new(option, $"is {seconds}; it must be from 0 to 1000000000 seconds");
            }
        }
    }

    /// <summary>The program's file name, cut to what may be an id.</summary>
    private static string DefaultName(string[] words)
    {
        var program = words[0].Split(' ', 2)[0];
        program = program[(program.LastIndexOf('/') + 1)..];
        var name = string.Concat(program.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        return name.Length == 0 ? "task" : name[..Math.Min(name.Length, 40)];
    }

    private static TimeSpan? Seconds(double? value) => value is >= 0 and <= 1e9 ? TimeSpan.FromSeconds(value.Value) : null;
}
