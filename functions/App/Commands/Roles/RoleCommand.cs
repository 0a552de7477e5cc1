using System.CommandLine;
using System.Text.RegularExpressions;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Roles;

/// <summary>Prints the least role that policies need, with a reason for each right, or as Azure takes it.</summary>
internal static partial class RoleCommand
{
    public static Command Create()
    {
        var command = new Verb(
            "role", "The least rights the policies need in Azure, each with its reason, or as a role for 'az role definition create'. Tells; changes nothing.",
            "sf role observe",
            "sf role act --format json --scope /subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop");
        command.Subcommands.Add(Create("observe", "What is needed to look: on each subscription.", isActing: false));
        command.Subcommands.Add(Create("act", "What is needed to change: on each resource group of the fleet, for an identity of its own.", isActing: true));
        return command;
    }

    private static Command Create(string name, string description, bool isActing)
    {
        var (policies, format) = (SharedOptions.Policies(), SharedOptions.Format());
        var scopes = new Option<string[]>("--scope")
        {
            Description = "Where the role may be assigned, for --format json: /subscriptions/ID, or a resource group below it. More than once for more.",
            HelpName = "ID",
        };
        var resize = new Option<bool>("--resize-machines") { Description = "Machines may get another size. Without it, what the policies ask for." };
        var command = new Verb(name, description, isActing ? "sf role act --resize-machines" : "sf role observe --format markdown") { policies, scopes, format };
        if (isActing)
        {
            command.Options.Add(resize);
        }

        command.SetAction(parsed =>
        {
            var set = PolicyDirectory.Load(parsed.GetValue(policies)!);
            PolicyMessages.Print(set);
            if (set.Errors.Count > 0)
            {
                throw new UserErrorException("the role is not told from policies with errors, because a kind or a size could be missing in it; mend what is told above");
            }

            var isResizing = isActing && (parsed.GetValue(resize) || Resizes(set));
            var file = RoleFile.Read(name);
            var grants = file.Given(isResizing ? [RoleFile.Resize] : [], set.ResourceKinds, isActing);
            Print(file, grants, parsed.GetValue(scopes) ?? [], parsed.GetValue(format));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Whether a policy may have the size of a machine changed. Which resources are machines only Azure knows: rather too often than too seldom.</summary>
    private static bool Resizes(PolicySet policies) =>
        policies.VerticalScaling.Any(policy => policy.Mode == SizeMode.Act)
        || policies.ResourceRightsizing.Any(policy => policy.Mode == SizeMode.Act)
        || policies.UsageOptimization.Any(policy => policy.OffHours.Alternatives.Count > 0)
        || policies.BudgetAlerts.Any(policy => policy.Mode == PolicyMode.Act && policy.Ladder.Any(step => step.Kind == BudgetStepKind.CheaperSize));

    private static void Print(RoleFile file, IReadOnlyList<RoleGrant> grants, IReadOnlyList<string> scopes, OutputFormat format)
    {
        if (scopes.FirstOrDefault(scope => !Scope().IsMatch(scope)) is { } wrong)
        {
            throw new UserErrorException($"--scope '{wrong}' is none: expected /subscriptions/ID or /subscriptions/ID/resourceGroups/NAME");
        }

        if (format == OutputFormat.Json && scopes.Count == 0)
        {
            throw new UserErrorException("a role needs a place where it may be assigned: --scope /subscriptions/ID or a resource group below it");
        }

        var sheet = new Sheet("action", "because");
        foreach (var (grant, action) in grants.SelectMany(grant => grant.Actions.Select(action => (grant, action))))
        {
            sheet.Add(action, grant.Because);
        }

        // The name of a role is unique in a tenant; the template puts the installation's name behind it.
        var role = new RoleDefinition(file.Name, file.Description, [.. grants.SelectMany(grant => grant.Actions)], scopes);
        sheet.Print(format, role, RoleJson.Default.RoleDefinition, "nothing is needed");
    }

    // https://learn.microsoft.com/azure/role-based-access-control/scope-overview
    [GeneratedRegex(@"^/subscriptions/[0-9a-f-]{36}(/resourceGroups/[\w().-]{1,90})?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scope();
}
