namespace Tepui.Web.Pages.AppDetail;

/// <summary>A part of an app's page.</summary>
public enum AppTab
{
    /// <summary>Its instances.</summary>
    Instances,

    /// <summary>What it is made of, now and before.</summary>
    Configuration,

    /// <summary>What keeps it from running well.</summary>
    Debug,

    /// <summary>Its persistent volumes.</summary>
    Volumes,
}
