namespace Tepui.Web.Pages.JobDialogs;

/// <summary>What can be done with a job; also the last part of the address that a form is sent to, in lower case.</summary>
public enum JobAction
{
    /// <summary>Runs it now, whatever its schedule.</summary>
    Run,

    /// <summary>Kills its running tasks.</summary>
    Stop,

    /// <summary>Ends one run.</summary>
    EndRun,

    /// <summary>Removes it.</summary>
    Delete,

    /// <summary>Runs the times of a range again.</summary>
    Backfill,

    /// <summary>Lets it run no more. Done at once, without a dialog.</summary>
    Disable,

    /// <summary>Lets it run again. Done at once, without a dialog.</summary>
    Enable,
}
