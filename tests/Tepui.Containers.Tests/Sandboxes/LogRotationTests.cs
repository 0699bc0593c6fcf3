using Tepui.Containers.Sandboxes;

namespace Tepui.Containers.Tests.Sandboxes;

public sealed class LogRotationTests : IDisposable
{
    private readonly string _sandbox = Directory.CreateTempSubdirectory("tepui-rotate-").FullName;

    private string Stdout => Path.Combine(_sandbox, "stdout");

    public void Dispose() => Directory.Delete(_sandbox, recursive: true);

    [Fact]
    public void Look_AtALogAboveTheLimit_MovesItsContentOn()
    {
        var rotation = new LogRotation(sizeMax: 10, rotationsMax: 2);
        using var writer = new FileStream(Stdout, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
        foreach (var text in new[] { "first, long", "second, long", "third, long", "short" })
        {
            Append(writer, text);
            rotation.Look(_sandbox);
        }

        Assert.Equal("short", File.ReadAllText(Stdout));
        Assert.Equal("third, long", File.ReadAllText(Stdout + ".1"));
        Assert.Equal("second, long", File.ReadAllText(Stdout + ".2"));
        Assert.False(File.Exists(Stdout + ".3"));
    }

    [Fact]
    public void Look_WithoutRotations_OnlyEmptiesTheLog()
    {
        File.WriteAllText(Stdout, "more than ten bytes");

        new LogRotation(10, 0).Look(_sandbox);

        Assert.Equal(["stdout"], Directory.GetFiles(_sandbox).Select(Path.GetFileName));
        Assert.Equal("", File.ReadAllText(Stdout));
    }

    [Fact]
    public void Look_AtALogReplacedByALink_TouchesNothing()
    {
        var outside = Path.GetTempFileName();
        File.WriteAllText(outside, "more than ten bytes");
        File.CreateSymbolicLink(Stdout, outside);
        var other = Path.Combine(_sandbox, "stderr");
        File.WriteAllText(other, "more than ten bytes");
        File.CreateSymbolicLink(other + ".rotating", outside);

        new LogRotation(10, 1).Look(_sandbox);

        Assert.Equal("more than ten bytes", File.ReadAllText(outside));
        Assert.Equal("", File.ReadAllText(other));
        File.Delete(outside);
    }

    [Fact]
    public async Task Containerizer_WithAContainerThatWritesMuch_KeepsItsLogSmall()
    {
        await using var machine = await Machine.StartAsync(static options => options with { LogSizeMax = 100_000, LogCheckInterval = TimeSpan.FromMilliseconds(20) });
        var launch = machine.Shell("while true; do echo 0123456789012345678901234567890123456789012345678901234567890123456789; done");
        await machine.StartAsync(launch);

        await Eventually.TrueAsync(() => File.Exists(Path.Combine(launch.SandboxDirectory, "stdout.2")), "never rotated twice");

        machine.Agent.Kill(launch.Id, TimeSpan.Zero);
        await machine.WaitAsync<ContainerEvent.Exited>(launch.Id);
    }

    /// <summary>As a process does that opened the file to append.</summary>
    private void Append(FileStream writer, string text)
    {
        writer.Seek(new FileInfo(Stdout).Length, SeekOrigin.Begin);
        writer.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
