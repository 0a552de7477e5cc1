using Azure;
using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>What refusals of billing services mean, and what mends them.</summary>
internal static class CostRefusals
{
    /// <summary>Reads costs, budgets and forecasts, and nothing else that matters: learn.microsoft.com/azure/role-based-access-control/built-in-roles.</summary>
    public const string Role = "Cost Management Reader";

    /// <summary>For people.</summary>
    public static string Describe(Exception exception, string scope, string what) => exception switch
    {
        RequestFailedException { Status: 403 } => $"{what} of {scope}: {AzureFaults.Describe(exception)}; the app's identity needs the role {Role} there",
        RequestFailedException { Status: 404 } => $"{what} of {scope}: {AzureFaults.Describe(exception)}; there is no such scope, or the app's identity does not see it",
        _ => $"{what} of {scope}: {AzureFaults.Describe(exception)}",
    };

    /// <summary>
    /// Whether queries are not offered for this kind of contract, though its usage details can be read. Azure says so with 400 or 422 and
    /// a sentence about offers; its codes for it differ.
    /// </summary>
    public static bool IsNotOffered(RequestFailedException exception) =>
        exception.Status is 400 or 422 && ArmError.Parse(exception.GetRawResponse()).Message.Contains("offer type", StringComparison.OrdinalIgnoreCase);
}
