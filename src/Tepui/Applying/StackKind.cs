namespace Tepui.Applying;

/// <summary>What a document describes.</summary>
internal enum StackKind
{
    /// <summary>An app.</summary>
    App,

    /// <summary>A pod: it has <c>containers</c>.</summary>
    Pod,

    /// <summary>A group: it has an id, and <c>apps</c>, <c>groups</c> or <c>pods</c>.</summary>
    Group,

    /// <summary>A job: it has no id, but a name and a <c>schedule</c>, <c>cron</c> or <c>parents</c>.</summary>
    Job,
}
