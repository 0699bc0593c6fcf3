using System.Text.Json;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>What the command line says to wrong and to lost users.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string, string, int> Wrong => new()
    {
        { "lokal", "lokal", 2 },
        { "local --agents 0", "--agents", 2 },
        { "local --agents many", "many", 2 },
        { "local --nosuch", "--nosuch", 2 },
        { "local --work-dir /proc/nosuch/dir --port 0 --agent-port 0", "/proc/nosuch", 6 },
        { "local --port 70000", "70000", 2 },
        { "local --port 0 --agent-port 65535 --agents 2 --work-dir /tmp/tepui-e2e-wrong", "--agent-port", 2 },
        { "local --resources cpus:x --port 0 --agent-port 0 --work-dir /tmp/tepui-e2e-wrong", "cpus", 2 },
        { "master --nosuch=1", "--nosuch", 2 },
        { "master --port=ten", "ten", 2 },
        { "master --zk=zk://h:2181/m", "--zk", 2 },
        { "agent", "--master", 2 },
        { "agent --master=127.0.0.1:1 --resources=cpus:1;cpus:[1-2]", "cpus", 2 },
        { "task ls --master 127.0.0.1:1", "127.0.0.1:1", 3 },
        { "task ls --output xml", "xml", 2 },
        { "run --master 127.0.0.1:1 true", "127.0.0.1:1", 3 },
        { "run --instances 0 true", "--instances", 2 },
        { "run --role a//b true", "--role", 2 },
        { "run", "COMMAND", 2 },
        { "run --bogus true", "--bogus", 2 },
        { "run --instances 99999999999 true", "whole number", 2 },
        { "task kill --nosuch x", "--nosuch", 2 },
        { "app ls --services 127.0.0.1:1", "127.0.0.1:1", 3 },
        { "app ls --services ftp://h", "--services", 2 },
        { "app rm web --services 127.0.0.1:1", "127.0.0.1:1", 3 },
        { "app scale web many", "many", 2 },
        { "app show /", "'/'", 2 },
        { "app add /nosuch.json", "/nosuch.json", 2 },
        { "app update web --services 127.0.0.1:1 --cpus x", "--cpus", 2 },
        { "app kill web --scale --wipe", "--wipe", 2 },
        { "group rm /", "--yes", 2 },
        { "job ls --jobs 127.0.0.1:1", "127.0.0.1:1", 3 },
        { "job ls --jobs ftp://h", "--jobs", 2 },
        { "job next @nosuch --jobs 127.0.0.1:1", "127.0.0.1:1", 3 },
        { "job run tick --jobs 127.0.0.1:1", "127.0.0.1:1", 3 },
        { "job add --jobs 127.0.0.1:1 --name x --env A date", "--env", 2 },
        { "job kill tick twelve", "RUN is 'twelve'", 2 },
        { "job show ..", "'..'", 2 },
        { "job rm --all --jobs 127.0.0.1:1", "127.0.0.1:1", 3 },
        { "jobs --nosuch=1", "--nosuch", 2 },
        { "apply", "--file", 2 },
        { "apply -f /nosuch.yaml", "/nosuch.yaml", 2 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Command_Wrong_SaysWhatAndEndsWithItsCode(string line, string named, int code)
    {
        var result = await TepuiProcess.RunAsync(line.Split(' '));

        Assert.True(result.Code == code, $"ended with {result.Code}: {result.Errors}");
        Assert.Contains(named, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("local")]
    [InlineData("master")]
    [InlineData("agent")]
    [InlineData("agent ls")]
    [InlineData("run")]
    [InlineData("task ls")]
    [InlineData("task log")]
    [InlineData("task kill")]
    [InlineData("framework ls")]
    [InlineData("role ls")]
    [InlineData("app")]
    [InlineData("app update")]
    [InlineData("deployment")]
    [InlineData("job")]
    [InlineData("job add")]
    [InlineData("jobs")]
    [InlineData("apply")]
    public async Task Help_EveryCommand_HasExamples(string command)
    {
        var (code, output, _) = await TepuiProcess.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, code);
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.Contains($"tepui {command}".TrimEnd(), output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_Unknown_EndWithFour()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);

        Assert.Equal(4, (await cluster.RunAsync("task", "log", "nosuch")).Code);
        Assert.Equal(4, (await cluster.RunAsync("task", "kill", "nosuch")).Code);
    }

    [Fact]
    public async Task Output_Json_IsOneDocumentOnStdout()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);

        foreach (var command in new[] { "task ls", "agent ls", "framework ls", "role ls" })
        {
            Assert.Equal(JsonValueKind.Array, (await cluster.JsonAsync(command.Split(' '))).ValueKind);
        }

        var run = await cluster.JsonAsync("run", "--name", "j", "--instances", "2", "true");
        Assert.Equal(2, run.GetProperty("counts").GetProperty("finished").GetInt32());
    }
}
