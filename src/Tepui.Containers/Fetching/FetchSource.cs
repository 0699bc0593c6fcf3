using Tepui.Protocol.V1;

namespace Tepui.Containers.Fetching;

/// <summary>A URI as understood: where from, and the name it gets in the sandbox.</summary>
/// <param name="Web">Address of an http or https URI, else <see langword="null"/>.</param>
/// <param name="File">Absolute path of a local file, else <see langword="null"/>.</param>
/// <param name="Name">Path below the sandbox.</param>
internal sealed record FetchSource(Uri? Web, string? File, string Name)
{
    private static readonly char[] Refused = ['\\', '\'', '\0'];

    /// <summary>Parses a URI.</summary>
    /// <exception cref="FetchException">It is not one we can fetch.</exception>
    public static FetchSource Parse(CommandInfo.Types.URI uri, string? frameworksHome)
    {
        var value = uri.Value.TrimStart();
        if (value.IndexOfAny(Refused) >= 0)
        {
            throw new FetchException("it holds a backslash, a single quote or a NUL character, which are not allowed");
        }

        if (value.Length == 0)
        {
            throw new FetchException("it is empty");
        }

        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? Local(uri, Absolute(value, frameworksHome)) : WithScheme(uri, value, value[..scheme].ToLowerInvariant(), value[(scheme + 3)..]);
    }

    private static FetchSource WithScheme(CommandInfo.Types.URI uri, string value, string scheme, string rest)
    {
        switch (scheme)
        {
            case "file":
                var path = rest.StartsWith("localhost/", StringComparison.Ordinal) ? rest["localhost".Length..] : rest;
                return path.StartsWith('/')
                    ? Local(uri, Uri.UnescapeDataString(path))
                    : throw new FetchException("a file URI must hold an absolute path, as in file:///path");
            case "http" or "https":
                if (!Uri.TryCreate(value, UriKind.Absolute, out var web))
                {
                    throw new FetchException("it is not a well-formed URI");
                }

                return rest.Contains('/') && Path.GetFileName(web.AbsolutePath).Length > 0
                    ? new(web, null, NameFor(uri, Uri.UnescapeDataString(Path.GetFileName(web.AbsolutePath))))
                    : uri.HasOutputFile ? new(web, null, NameFor(uri, "")) : throw new FetchException("it has no path that would give the file a name");
            default:
                throw new FetchException($"scheme '{scheme}' is not supported; http, https and file are");
        }
    }

    private static string Absolute(string path, string? frameworksHome) =>
        path.StartsWith('/') ? path
        : !string.IsNullOrEmpty(frameworksHome) ? Path.GetFullPath(Path.Combine(frameworksHome, path))
        : throw new FetchException("A relative path was passed for the resource but the frameworks home was not specified. Set --frameworks_home or use an absolute path");

    private static FetchSource Local(CommandInfo.Types.URI uri, string path) => new(null, path, NameFor(uri, Path.GetFileName(path)));

    private static string NameFor(CommandInfo.Types.URI uri, string fallback)
    {
        if (!uri.HasOutputFile)
        {
            return fallback is "" or "." or ".." || fallback.Contains('/') ? throw new FetchException("its path gives the file no name") : fallback;
        }

        var name = uri.OutputFile;
        if (name.Trim().Length == 0 || name.StartsWith('/') || name.EndsWith('/') || name.IndexOfAny(Refused) >= 0 || name.Split('/').Contains(".."))
        {
            throw new FetchException($"its output_file '{name}' must be a relative path of a file inside the sandbox, without '..'");
        }

        return name;
    }
}
