namespace Tepui.Terminal;

/// <summary>How a command prints its data.</summary>
internal enum OutputFormat
{
    /// <summary>Columns for people.</summary>
    Table,

    /// <summary>One JSON document on stdout, and nothing else there.</summary>
    Json,
}
