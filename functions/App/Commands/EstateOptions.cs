using System.CommandLine;
using ScaleFunctions.App.Commands.Assessments;

namespace ScaleFunctions.App.Commands;

/// <summary>The options by which a verb is told which estate it works on; at most one of them.</summary>
internal sealed class EstateOptions
{
    private readonly Option<bool> _azure = new("--azure") { Description = "Azure, all subscriptions that whoever is signed in here sees." };
    private readonly Option<string?> _estate = SharedOptions.Estate();
    private readonly Option<string?> _sandbox = new("--sandbox") { Description = "The sandbox of another process.", HelpName = "PORT/THUMBPRINT" };

    private readonly Option<string[]> _subscriptions = new("--subscription")
    {
        Description = "These subscriptions of Azure.",
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = AssessCommand.ParseSubscriptions,
    };

    /// <summary>Adds them to a command, which then refuses two estates at once.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_azure);
        command.Options.Add(_subscriptions);
        command.Options.Add(_estate);
        command.Options.Add(_sandbox);
        command.Validators.Add(result =>
        {
            bool Has(Option option) => result.GetResult(option) is { Implicit: false };
            if (new[] { Has(_azure) || Has(_subscriptions), Has(_estate), Has(_sandbox) }.Count(each => each) > 1)
            {
                result.AddError("--azure or --subscription, --estate and --sandbox are different estates; give one of them");
            }
        });
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="state">The state that was named beside it.</param>
    public EstatePlace Of(ParseResult parsed, string? state) => new()
    {
        IsAzure = parsed.GetValue(_azure) || parsed.GetValue(_subscriptions) is { Length: > 0 },
        Subscriptions = parsed.GetValue(_subscriptions) ?? [],
        Estate = parsed.GetValue(_estate),
        Sandbox = parsed.GetValue(_sandbox),
        State = state,
    };
}
