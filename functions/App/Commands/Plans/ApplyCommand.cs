using System.CommandLine;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>One evaluation that acts: the plan first, then the ticks that carry it out.</summary>
internal static class ApplyCommand
{
    public static Command Create()
    {
        var yes = new Option<bool>("--yes") { Description = "Do it. Without it a terminal is asked; elsewhere nothing is changed, and the exit code is 2 when something would be." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show it, and take no lock: the same as 'plan'." };
        var wait = SharedOptions.Span(
            "--wait", "Go on, a tick a minute, until all is done and seen to have arrived, for so long at most. Default: the next apply, or serve, looks at it.", TimeSpan.FromMinutes(1));
        var policies = new Option<string?>("--policies") { Description = "Directory of policy files. Default: 'policies'.", HelpName = "DIR" };
        var state = new Option<string?>("--state")
        {
            Description = "State directory, kept from one apply to the next; needed with --azure. Default: a new one under .scalefunctions/runs.",
            HelpName = "DIR",
        };
        var format = SharedOptions.Format();
        var places = new EstateOptions();
        var command = new Verb(
            "apply", "Decide once and act: show the plan, then raise, and lower what two ticks agree on, through all guards. Exit code 2 when something is left to do, 4 when something failed.",
            "sf apply --dry-run",
            "sf apply --yes",
            "sf apply --azure --policies policies --state /var/lib/scalefunctions --yes --wait 15m")
        {
            yes, dryRun, wait, policies, state, format,
        };
        places.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(dryRun) && (result.GetValue(yes) || result.GetValue(wait) is not null))
            {
                result.AddError("--dry-run changes nothing; leave out --yes and --wait, or --dry-run");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var place = places.Of(parsed, parsed.GetValue(state));
            return parsed.GetValue(dryRun)
                ? PlanCommand.RunAsync(ApplyRun.AsSeen(place), parsed.GetValue(policies), parsed.GetValue(format), cancellationToken)
                : ApplyRun.RunAsync(
                    place, new ApplyRequest(parsed.GetValue(policies), parsed.GetValue(yes), parsed.GetValue(wait), parsed.GetValue(format)), cancellationToken);
        });
        return command;
    }
}
