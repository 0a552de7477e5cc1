namespace ScaleFunctions.Core.Plans;

/// <summary>A condition every change has to pass. A guard may make a change smaller or stop it, never larger.</summary>
public interface IPlanGuard
{
    GuardVerdict Check(PlanDraft draft, PlanContext context);
}
