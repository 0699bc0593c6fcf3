namespace Tepui.Model.Identifiers;

/// <summary>What text may be an id that becomes a file name: frameworks, agents, tasks, executors, volumes.</summary>
/// <remarks>Mesos semantics, section 1; messages are those its clients know.</remarks>
public static class IdRule
{
    /// <summary>Longest id, in UTF-8 bytes (the longest file name on Linux).</summary>
    public const int BytesMax = 255;

    /// <summary>What is wrong with <paramref name="id"/>, or <see langword="null"/> if nothing is.</summary>
    public static string? Problem(string id)
    {
        if (id.Length == 0)
        {
            return "ID must not be empty";
        }

        if (System.Text.Encoding.UTF8.GetByteCount(id) > BytesMax)
        {
            return $"ID must not be greater than {BytesMax} characters";
        }

        if (id is "." or "..")
        {
            return $"'{id}' is disallowed";
        }

        foreach (var c in id)
        {
            if (c < ' ' || c == 0x7f || c is '/' or '\\')
            {
                return $"'{id}' contains invalid characters";
            }
        }

        return null;
    }
}
