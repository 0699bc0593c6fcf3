namespace Tepui.Containers.Tests;

/// <summary>A test that needs root.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (Environment.UserName != "root")
        {
            Skip = "needs root";
        }
    }
}
