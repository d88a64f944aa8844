(defproject board "1.0.0"
  :description "A board that greets, built into one jar."
  :dependencies [[org.clojure/clojure "1.11.1"]]
  :main board.core
  :uberjar-name "board.jar"
  :profiles {:uberjar {:aot :all}})
