using Tepui.Containers.Native;
using Tepui.Containers.Sandboxes;

namespace Tepui.Containers.Tests.Sandboxes;

public sealed class SandboxTests : IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("tepui-sandbox-").FullName;
    private readonly Users _users = new(TimeProvider.System);

    public void Dispose() => Directory.Delete(_work, recursive: true);

    [Fact]
    public void Make_OfASandbox_HasModeLogsAndLatest()
    {
        var first = Run("1");
        var second = Run("2");

        Sandbox.Make(first, null, _users);
        Sandbox.Make(second, null, _users);

        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(second));
        Assert.Equal("", File.ReadAllText(Path.Combine(second, "stdout")));
        Assert.Equal("", File.ReadAllText(Path.Combine(second, "stderr")));
        Assert.Equal(second, new FileInfo(Path.Combine(_work, "slaves/S/frameworks/F/executors/E/runs/latest")).LinkTarget);
    }

    [Fact]
    public void Make_Twice_KeepsWhatIsThere()
    {
        var sandbox = Run("1");
        Sandbox.Make(sandbox, null, _users);
        File.WriteAllText(Path.Combine(sandbox, "stdout"), "kept");

        Sandbox.Make(sandbox, null, _users);

        Assert.Equal("kept", File.ReadAllText(Path.Combine(sandbox, "stdout")));
    }

    [Fact]
    public void Make_AfterASandboxInsideIt_GivesItsOwnMode()
    {
        Sandbox.Make(Path.Combine(Run("1"), "tasks", "t"), null, _users);

        Sandbox.Make(Run("1"), null, _users);

        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(Run("1")));
    }

    [Theory]
    [InlineData("containers")]
    [InlineData("containers/t")]
    [InlineData("containers/t/stdout")]
    public void Make_InsideAnotherWhereItsUserPutALink_IsRefused(string link)
    {
        var outside = Directory.CreateDirectory(Path.Combine(_work, "outside")).FullName;
        Sandbox.Make(Run("1"), null, _users);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Run("1"), link))!);
        File.CreateSymbolicLink(Path.Combine(Run("1"), link), Path.Combine(outside, "stdout"));

        var failure = Assert.Throws<IOException>(() => Sandbox.Make(Path.Combine(Run("1"), "containers", "t"), null, _users));

        Assert.StartsWith("Failed to create executor directory", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public void Make_WhereAFileIsInTheWay_NamesThePath()
    {
        File.WriteAllText(Path.Combine(_work, "slaves"), "");

        var failure = Assert.Throws<IOException>(() => Sandbox.Make(Run("1"), null, _users));

        Assert.StartsWith($"Failed to create executor directory '{Run("1")}': ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_OfTheLastRun_TakesEmptyParentsAlong()
    {
        Sandbox.Make(Run("1"), null, _users);
        Sandbox.Make(Run("2"), null, _users);

        Sandbox.Remove(Run("1"), _work);
        Assert.True(Directory.Exists(Run("2")));
        Sandbox.Remove(Run("2"), _work);
        Sandbox.Remove(Run("2"), _work);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_work));
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("..")]
    [InlineData("")]
    public void Remove_OutsideTheWorkDirectory_IsRefused(string directory)
    {
        var failure = Assert.Throws<IOException>(() => Sandbox.Remove(Path.Combine(_work, directory), _work));

        Assert.Contains("is not below the work directory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_OfASandboxWithALinkOut_LeavesTheTargetAlone()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_work, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "x"), "");
        Sandbox.Make(Run("1"), null, _users);
        File.CreateSymbolicLink(Path.Combine(Run("1"), "way"), outside);

        Sandbox.Remove(Run("1"), _work);

        Assert.True(File.Exists(Path.Combine(outside, "x")));
    }

    private string Run(string id) => Path.Combine(_work, "slaves", "S", "frameworks", "F", "executors", "E", "runs", id);
}
