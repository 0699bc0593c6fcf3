namespace Tepui.Services.Rest;

/// <summary>The description of the API, kept as a file beside this one; a test compares it with the routes.</summary>
internal static class OpenApiDocument
{
    /// <summary>The document.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("Tepui.Services.openapi.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
