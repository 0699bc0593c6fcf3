namespace Tepui.Testing;

/// <summary>Bytes recorded from a running cluster, kept in tests/Captures.</summary>
public static class Captures
{
    private static readonly string Root = FindRoot();

    /// <summary>One file.</summary>
    public static byte[] Read(string path) => File.ReadAllBytes(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var root = Path.Combine(folder.FullName, "tests", "Captures");
            if (Directory.Exists(root))
            {
                return root;
            }
        }

        throw new DirectoryNotFoundException($"No folder tests/Captures above {AppContext.BaseDirectory}");
    }
}
