namespace Tepui.Web.Pages.Dialogs;

/// <summary>What a dialog asks about; also the last part of the address that its form is sent to, in lower case.</summary>
public enum DialogKind
{
    /// <summary>Another number of instances.</summary>
    Scale,

    /// <summary>New instances of the same configuration.</summary>
    Restart,

    /// <summary>No instances, until scaled again.</summary>
    Suspend,

    /// <summary>Removes an app, pod or group.</summary>
    Destroy,

    /// <summary>Ends a delay after failures.</summary>
    Reset,

    /// <summary>Kills instances, which are replaced.</summary>
    Kill,

    /// <summary>Kills instances, which are not replaced.</summary>
    KillScale,

    /// <summary>Ends a deployment where it is.</summary>
    Stop,

    /// <summary>Undoes a deployment.</summary>
    Rollback,

    /// <summary>Back to an earlier version of an app.</summary>
    Revert,

    /// <summary>A new group.</summary>
    NewGroup,

    /// <summary>Halts a deployment for now. Asked at once, without a dialog.</summary>
    Pause,

    /// <summary>Lets a halted deployment go on. Asked at once, without a dialog.</summary>
    Resume,

    /// <summary>Lets a deployment go on from its trial. Asked at once, without a dialog.</summary>
    Promote,
}
