namespace Tepui.Jobs.Tests.Support;

/// <summary>Where tasks of a test write lines.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tepui-jobs-").FullName;

    public string Path => System.IO.Path.Join(_directory, "out");

    public IReadOnlyList<string> Lines => File.Exists(Path) ? File.ReadAllLines(Path) : [];

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
