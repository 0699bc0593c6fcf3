using Tepui.Terminal;

namespace Tepui.Documents;

/// <summary>The documents of files named on a command line; <c>-</c> is stdin.</summary>
internal static class DocumentFiles
{
    private const long BytesMax = 64L << 20;

    /// <summary>All documents of all files. A directory stands for its files that end in .json, .yaml and .yml, in the order of their names.</summary>
    /// <exception cref="CommandFailure">Files cannot be read, or are neither JSON nor YAML: all such problems at once.</exception>
    public static async Task<IReadOnlyList<SourceDocument>> ReadAsync(IEnumerable<string> names, CancellationToken cancel)
    {
        var documents = new List<SourceDocument>();
        var problems = new List<string>();
        foreach (var name in names.SelectMany(Expand))
        {
            try
            {
                var shown = name == "-" ? "stdin" : name;
                documents.AddRange(DocumentText.Parse(shown, await ReadTextAsync(name, cancel)));
            }
            catch (DocumentException problem)
            {
                problems.Add(problem.Message);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{name} cannot be read: {problem.Message}");
            }
        }

        return problems.Count == 0 ? documents : throw new CommandFailure(ExitCode.Usage, string.Join("\ntepui: ", problems));
    }

    /// <summary>The only document of a file.</summary>
    public static async Task<System.Text.Json.Nodes.JsonObject> ReadOneAsync(string name, CancellationToken cancel)
    {
        var documents = await ReadAsync([name], cancel);
        return documents switch
        {
            [{ Json: System.Text.Json.Nodes.JsonObject only }] => only,
            [] => throw new CommandFailure(ExitCode.Usage, $"{name} holds no document"),
            [{ Origin: var origin }] => throw new CommandFailure(ExitCode.Usage, $"{origin}: the document must be an object; 'tepui apply -f {name}' takes lists too"),
            _ => throw new CommandFailure(ExitCode.Usage, $"{name} holds {documents.Count} documents; 'tepui apply -f {name}' takes them all"),
        };
    }

    private static IEnumerable<string> Expand(string name) => Directory.Exists(name)
        ? Directory.EnumerateFiles(name).Where(file => Path.GetExtension(file).ToLowerInvariant() is ".json" or ".yaml" or ".yml").Order(StringComparer.Ordinal)
        : [name];

    private static async Task<string> ReadTextAsync(string name, CancellationToken cancel)
    {
        if (name == "-")
        {
            return await Console.In.ReadToEndAsync(cancel);
        }

        return new FileInfo(name) is { Exists: true, Length: > BytesMax and var length }
            ? throw new IOException($"it has {length} bytes, more than {BytesMax}")
            : await File.ReadAllTextAsync(name, cancel);
    }
}
