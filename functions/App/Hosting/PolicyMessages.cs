using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting;

/// <summary>Tells what is wrong in policy files.</summary>
internal static class PolicyMessages
{
    public static void Print(PolicySet policies) => Tell(policies, Terminal.Note);

    public static void Tell(PolicySet policies, Action<string> tell)
    {
        foreach (var error in policies.Errors)
        {
            tell($"error: {error}");
        }
    }

    /// <summary>Prints the errors; goes on as long as anything is left to act on.</summary>
    /// <exception cref="UserErrorException">No usable policy is left.</exception>
    public static void RequireSome(PolicySet policies, string directory)
    {
        Print(policies);
        if (policies.Workloads.Count == 0 || policies.HorizontalScaling.Count == 0)
        {
            throw new UserErrorException($"no usable policy in {directory}: a Workload and a HorizontalScaling for it are needed. See 'validate {directory}'.");
        }
    }
}
