namespace Tepui.Master.Tests.Support;

/// <summary>Requests and answers recorded from a running cluster, kept in tests/Captures/mesos.</summary>
internal static class Captures
{
    private static readonly string Root = FindRoot();

    public static byte[] Request(string path) => File.ReadAllBytes(Path.Combine(Root, path + ".request"));

    public static RawAnswer Answer(string path) => RawAnswer.Parse(File.ReadAllBytes(Path.Combine(Root, path + ".response")));

    public static IEnumerable<string> Names(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.response")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var root = Path.Combine(folder.FullName, "tests", "Captures", "mesos");
            if (Directory.Exists(root))
            {
                return root;
            }
        }

        throw new DirectoryNotFoundException($"No folder tests/Captures/mesos above {AppContext.BaseDirectory}.");
    }
}
