namespace Tepui.Jobs.Notices;

/// <summary>A project of Sentry, as its DSN names it: <c>https://KEY[:SECRET]@HOST/[PATH/]PROJECT</c>.</summary>
/// <param name="Store">Where events are posted.</param>
/// <param name="Authorization">Value of the header that names the project's key.</param>
internal sealed record SentryProject(Uri Store, string Authorization)
{
    /// <summary>Reads a DSN; <see langword="null"/> if it is none.</summary>
    public static SentryProject? Parse(string dsn)
    {
        // Raven names its transport before the scheme, and puts options behind a question mark.
        var text = dsn.StartsWith("async+", StringComparison.Ordinal) ? dsn["async+".Length..] : dsn;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length == 0)
        {
            return null;
        }

        var path = url.AbsolutePath.Trim('/');
        var slash = path.LastIndexOf('/');
        var project = path[(slash + 1)..];
        if (project.Length == 0)
        {
            return null;
        }

        var keys = url.UserInfo.Split(':', 2);
        var secret = keys.Length == 2 ? $", sentry_secret={keys[1]}" : "";
        var before = slash < 0 ? "" : "/" + path[..slash];
        return new(new($"{url.Scheme}://{url.Authority}{before}/api/{project}/store/"), $"Sentry sentry_version=7, sentry_client=tepui/1.0, sentry_key={keys[0]}{secret}");
    }
}
