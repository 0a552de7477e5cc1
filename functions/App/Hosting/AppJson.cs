using System.Text.Json;
using System.Text.Json.Serialization;
using ScaleFunctions.App.Commands.Assessments;
using ScaleFunctions.App.Commands.Autoscale;
using ScaleFunctions.App.Commands.Backtests;
using ScaleFunctions.App.Commands.Doctor;
using ScaleFunctions.App.Commands.Forecasts;
using ScaleFunctions.App.Commands.Operations;
using ScaleFunctions.App.Commands.Plans;
using ScaleFunctions.App.Commands.Policies;
using ScaleFunctions.App.Commands.Rightsizing;
using ScaleFunctions.App.Commands.Scorecards;
using ScaleFunctions.App.Commands.Tuning;
using ScaleFunctions.App.Commands.Usage;
using ScaleFunctions.Core.Backtests.Sizing;
using ScaleFunctions.Core.Forecasts.Evaluation;

namespace ScaleFunctions.App.Hosting;

/// <summary>How the app's own values are written as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<PlanLine>))]
[JsonSerializable(typeof(ApplyView))]
[JsonSerializable(typeof(IReadOnlyList<HistoryLine>))]
[JsonSerializable(typeof(IReadOnlyList<ValidationLine>))]
[JsonSerializable(typeof(IReadOnlyList<EffectiveValueLine>))]
[JsonSerializable(typeof(IReadOnlyList<LintLine>))]
[JsonSerializable(typeof(IReadOnlyList<ForecastLine>))]
[JsonSerializable(typeof(IReadOnlyList<EvaluationRow>))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(KillSwitchLine))]
[JsonSerializable(typeof(KeptPolicies))]
[JsonSerializable(typeof(IReadOnlyList<KeptSet>))]
[JsonSerializable(typeof(PolicySetList))]
[JsonSerializable(typeof(PolicySetsDifference))]
[JsonSerializable(typeof(RolloutStatus))]
[JsonSerializable(typeof(InventoryLine))]
[JsonSerializable(typeof(OverrideLine))]
[JsonSerializable(typeof(PauseLine))]
[JsonSerializable(typeof(SnoozeLine))]
[JsonSerializable(typeof(WakeLine))]
[JsonSerializable(typeof(UsageView))]
[JsonSerializable(typeof(LeftoverView))]
[JsonSerializable(typeof(IReadOnlyList<TestLine>))]
[JsonSerializable(typeof(IReadOnlyList<VerificationLine>))]
[JsonSerializable(typeof(ScorecardView))]
[JsonSerializable(typeof(IReadOnlyList<SizingScore>))]
[JsonSerializable(typeof(BacktestView))]
[JsonSerializable(typeof(TuneView))]
[JsonSerializable(typeof(DoctorView))]
[JsonSerializable(typeof(ConformanceView))]
[JsonSerializable(typeof(AssessView))]
[JsonSerializable(typeof(RightsizeView))]
[JsonSerializable(typeof(IReadOnlyList<Api.BudgetView>))]
[JsonSerializable(typeof(Api.BudgetView))]
[JsonSerializable(typeof(Api.AlertList))]
[JsonSerializable(typeof(Api.SelfCostView))]
[JsonSerializable(typeof(Api.CostsAnswer))]
[JsonSerializable(typeof(Api.SavingsAnswer))]
[JsonSerializable(typeof(Api.RollbackView))]
[JsonSerializable(typeof(Api.ApprovalView))]
[JsonSerializable(typeof(IReadOnlyList<Api.ApprovalView>))]
internal sealed partial class AppJson : JsonSerializerContext;
