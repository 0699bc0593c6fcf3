namespace Tepui.EndToEnd.Tests.Processes;

/// <summary>A test that needs to be root, to become someone else.</summary>
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "Needs root";
        }
    }
}
