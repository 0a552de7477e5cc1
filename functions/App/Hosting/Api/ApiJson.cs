using System.Text.Json;
using System.Text.Json.Serialization;
using ScaleFunctions.App.Commands.Backtests;
using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>
/// How the API reads and writes JSON. Unknown fields are refused: a mistyped one must not be taken for its default. So is a field that is
/// there twice: whoever looked at the call before may have taken the other one.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, MaxDepth = 32,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(TargetList))]
[JsonSerializable(typeof(DecisionList))]
[JsonSerializable(typeof(LeftAloneAnswer))]
[JsonSerializable(typeof(FindingsAnswer))]
[JsonSerializable(typeof(LeftoversAnswer))]
[JsonSerializable(typeof(SelfCostView))]
[JsonSerializable(typeof(CostsAnswer))]
[JsonSerializable(typeof(SavingsAnswer))]
[JsonSerializable(typeof(ChangeList))]
[JsonSerializable(typeof(TargetView))]
[JsonSerializable(typeof(JournalAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(SeriesAnswer))]
[JsonSerializable(typeof(ForecastView))]
[JsonSerializable(typeof(BacktestView))]
[JsonSerializable(typeof(FindingDetails))]
[JsonSerializable(typeof(EvaluateCall))]
[JsonSerializable(typeof(EvaluateAnswer))]
[JsonSerializable(typeof(HandleCall))]
[JsonSerializable(typeof(PolicyCall))]
[JsonSerializable(typeof(RolloutCall))]
[JsonSerializable(typeof(PolicySetList))]
[JsonSerializable(typeof(PolicySetsDifference))]
[JsonSerializable(typeof(RolloutStatus))]
[JsonSerializable(typeof(OverrideCall))]
[JsonSerializable(typeof(HandleAnswer))]
[JsonSerializable(typeof(RollbackCall))]
[JsonSerializable(typeof(ApprovalCall))]
[JsonSerializable(typeof(BudgetList))]
[JsonSerializable(typeof(AlertList))]
[JsonSerializable(typeof(ApprovalView))]
[JsonSerializable(typeof(ApprovalList))]
[JsonSerializable(typeof(RollbackView))]
[JsonSerializable(typeof(StoredAnswer))]
[JsonSerializable(typeof(DecisionSpan))]
internal sealed partial class ApiJson : JsonSerializerContext;
